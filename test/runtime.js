const { createRequire } = require('node:module');
const { isNativeError } = require('node:util').types;
const { default: Runtime } = require('jest-runtime');

/** What n8n's engine and its nodes share. Reading it takes a second of the processor: a worker does so once, for all of its files. */
const SHARED = new Set(['n8n-core', 'n8n-workflow', '@n8n/di']);

/** jest gives each file an `Error` of its own: what n8n throws has to be one there, and what a node throws has to be one in n8n. */
const isErrorOfAnyFile = (Error) => ({
	value(candidate) {
		return this === Error && isNativeError(candidate)
			? true
			: Function.prototype[Symbol.hasInstance].call(this, candidate);
	},
});

/** A file whose head has `@jest-environment-options {"ownN8n": true}` reads n8n anew, e.g. as it sets what n8n looks up only once. */
module.exports = class extends Runtime {
	constructor(...needs) {
		super(...needs);
		for (const realm of [this._environment.global, globalThis])
			Object.defineProperty(realm.Error, Symbol.hasInstance, { ...isErrorOfAnyFile(realm.Error), configurable: true });
	}

	requireModuleOrMock(from, name) {
		const isShared = SHARED.has(name) && this._environment.global.ownN8n !== true;
		return isShared ? createRequire(from)(name) : super.requireModuleOrMock(from, name);
	}
};
