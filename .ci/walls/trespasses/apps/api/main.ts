import { verb } from '../cli/verb.js';

export const main = verb;
