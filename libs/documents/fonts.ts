import { createRequire } from 'node:module';
import { DESIGN } from './design.js';

const { resolve } = createRequire(import.meta.url);

const file = (family: 'noto-sans' | 'noto-serif', face: string): string => {
  const name = family === 'noto-sans' ? 'NotoSans' : 'NotoSerif';
  return resolve(`@expo-google-fonts/${family}/${face}/${name}_${face}.ttf`);
};

const facesOf = (family: 'noto-sans' | 'noto-serif') => ({
  normal: file(family, '400Regular'),
  bold: file(family, '600SemiBold'),
  italics: file(family, '400Regular_Italic'),
  bolditalics: file(family, '600SemiBold_Italic'),
});

/** The files of the design's fonts, by family and face: TrueType, with every Kazakh letter. */
export const FONT_FILES = { [DESIGN.fonts.sans.family]: facesOf('noto-sans'), [DESIGN.fonts.serif.family]: facesOf('noto-serif') };
