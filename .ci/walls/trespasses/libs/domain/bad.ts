import { readFileSync } from 'node:fs';
import { pool } from '#platform/pool.js';
import { other } from './cycle.js';

export const bad = [readFileSync, pool, other];
