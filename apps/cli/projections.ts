import { Command } from 'commander';
export const projectionsVerb = () => new Command('projections');
