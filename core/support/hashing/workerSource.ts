/**
 * What the thread runs: it hashes each block it gets and says how long that was; for `null` it answers with the digest. A text, as the same
 * file has to run from dist/, under tsx and under jest, whose loaders a thread should not load.
 */
export const WORKER_SOURCE = `
const { parentPort } = require('node:worker_threads');
const hash = require('node:crypto').createHash('sha256');
parentPort.on('message', (block) => {
	if (block === null) return parentPort.postMessage(hash.digest('hex'));
	hash.update(block);
	parentPort.postMessage(block.length);
});
`;
