const { spawn } = require('node:child_process');
const { dest, parallel, src } = require('gulp');

/** Lays the codex files beside the compiled nodes; n8n reads them for search and categories. */
const codex = () => src('nodes/**/*.node.json', { base: '.' }).pipe(dest('dist'));

/** One that ends by a signal has failed, too; gulp by itself would take it for done. */
const npmScript = (name) => (done) => {
	const child = spawn('npm', ['run', '--silent', name], { stdio: 'inherit', shell: process.platform === 'win32' });
	child.once('error', done).once('exit', (code) => done(code === 0 ? undefined : new Error(`npm run ${name} failed`)));
};

/** Types and style, side by side: each keeps one core busy. */
const check = parallel(npmScript('types'), npmScript('lint'));

module.exports = { default: codex, check };
