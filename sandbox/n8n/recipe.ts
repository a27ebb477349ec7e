/** The n8n that everything here was tried with. */
const NEWEST = '2.41.1';

/** Newer linkedom releases need a Node that n8n itself does not ask for. */
const LINKEDOM = { linkedom: '0.18.12' };

/** How an n8n is installed, and what runs it. */
export interface Recipe {
	readonly version: string;
	/** A Node of its own; without it the one of this process runs n8n. */
	readonly nodeVersion?: string;
	/** For npm's `overrides`. */
	readonly overrides: Readonly<Record<string, string>>;
	/** Modules that would ask the internet for something, or stand in front of the workflows; n8n doesn't start when it doesn't know one. */
	readonly modulesOff: readonly string[];
	/** Whether variables of the environment can name its owner. */
	readonly ownerByEnv: boolean;
}

/** What to install: the version that N8N_VERSION names, exact as in `1.123.81`, and else the newest that was tried. */
export function recipe(version = process.env.N8N_VERSION || NEWEST): Recipe {
	if (!/^\d+\.\d+\.\d+$/.test(version))
		throw new Error(`N8N_VERSION is ${version}. It takes one version, e.g. ${NEWEST}`);
	if (!version.startsWith('1.'))
		return { version, overrides: LINKEDOM, modulesOff: ['mcp-registry', 'instance-ai'], ownerByEnv: true };
	// Its own images run Node 22, the oldest that its expression engine has binaries for. It would fetch xlsx, which nothing
	// here needs, from a server that mirrors of npm do not have.
	return {
		version,
		nodeVersion: '22.23.3',
		overrides: { ...LINKEDOM, xlsx: '0.18.5' },
		modulesOff: [],
		ownerByEnv: false,
	};
}
