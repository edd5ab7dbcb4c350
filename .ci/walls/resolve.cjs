/** How `#library/file.js` finds its source: package.json's `imports` lead into the build, and the walls are checked without one. */
const { readdirSync } = require('node:fs');
const { resolve } = require('node:path');

const libraries = readdirSync('libs');

module.exports = {
  resolve: {
    importsFields: [],
    alias: Object.fromEntries(libraries.map((library) => [`#${library}`, resolve('libs', library)])),
    extensionAlias: { '.js': ['.ts', '.js'] },
    exportsFields: ['exports'],
    conditionNames: ['import', 'node', 'default', 'types'],
  },
};
