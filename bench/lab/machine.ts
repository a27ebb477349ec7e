import { cpus, release, totalmem, type } from 'node:os';

/** What the figures were measured on. */
export interface Machine {
	readonly cores: number;
	readonly processor: string;
	readonly memoryGib: number;
	readonly system: string;
	readonly node: string;
	/** Files lie in memory and not on a disk. */
	readonly filesInMemory: boolean;
}

export function machine(filesInMemory: boolean): Machine {
	const all = cpus();
	return {
		cores: all.length,
		processor: all[0]?.model.trim() ?? 'unknown',
		memoryGib: Math.round(totalmem() / 2 ** 30),
		system: `${type()} ${release()}`,
		node: process.versions.node,
		filesInMemory,
	};
}
