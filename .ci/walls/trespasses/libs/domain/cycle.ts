import { bad } from './bad.js';

export const other = bad;
