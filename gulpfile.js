const { dest, src } = require('gulp');

/** Lays the codex files beside the compiled nodes; n8n reads them for search and categories. */
const codex = () => src('nodes/**/*.node.json', { base: '.' }).pipe(dest('dist'));

module.exports = { default: codex };
