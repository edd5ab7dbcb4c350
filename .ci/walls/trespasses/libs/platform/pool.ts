import { main } from '../../apps/api/main.js';

export const pool = main;
