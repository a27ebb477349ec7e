import type { SandboxRequest } from '../../../sandbox/domo/domo';

/** How often Domo was asked for what. */
export interface Asked {
	readonly tokens: number;
	readonly metadata: number;
	readonly exports: number;
}

export function asked(requests: readonly SandboxRequest[]): Asked {
	const count = (path: RegExp): number => requests.filter((request) => path.test(request.path)).length;
	return {
		tokens: count(/^\/oauth\/token$/),
		metadata: count(/^\/v1\/datasets\/[^/]+$/),
		exports: count(/^\/v1\/datasets\/[^/]+\/data$/),
	};
}
