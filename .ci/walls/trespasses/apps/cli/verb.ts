export const verb = 'load';
