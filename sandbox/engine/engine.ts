import { PackageDirectoryLoader } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	INodeCredentialTestResult,
	INodeListSearchResult,
	INodeParameters,
	INodePropertyOptions,
} from 'n8n-workflow';
import { testCredential } from './credentialTest';
import { CredentialStore } from './credentials';
import type { CredentialsByType } from './credentials';
import { prepareInstance } from './instance';
import { listSearch, loadOptions } from './lists';
import type { ListSearch } from './lists';
import { nodeTypesOf } from './nodeTypes';
import type { NodeClasses } from './nodeTypes';
import { run } from './run';
import type { Run, RunOptions } from './run';

export type { CredentialsByType, ListSearch, NodeClasses, Run, RunOptions };
export type { WorkflowJson } from './run';

/** What a package adds to n8n. */
export interface Installed {
	/** Beside these every engine knows the Manual Trigger, No Operation and the Sticky Note. */
	readonly nodeTypes: NodeClasses;
	readonly credentialTypes: ReadonlyArray<ICredentialType | (new () => ICredentialType)>;
}

/** n8n's own engine in this process: real helpers, expressions and error handling; no server and no database. */
export interface Engine {
	runWorkflow(options: RunOptions): Promise<Run>;
	/** What n8n answers when the credential is saved; tests `data` instead of what is stored when given. */
	testCredential(type: string, data?: ICredentialDataDecryptedObject): Promise<INodeCredentialTestResult>;
	/** The list a user sees; rejects with the error n8n would show in it. */
	listSearch(nodeType: string, method: string, search?: ListSearch): Promise<INodeListSearchResult>;
	/** The choices of a parameter that depend on others, as a user sees them; rejects with the error n8n would show. */
	loadOptions(nodeType: string, method: string, parameters: INodeParameters): Promise<INodePropertyOptions[]>;
	/** The stored credential, a token that was fetched included. */
	stored(type: string): ICredentialDataDecryptedObject;
	/** Replaces the stored credential. */
	save(type: string, data: ICredentialDataDecryptedObject): void;
}

/** Tokens are kept for as long as the engine is: two runs of one engine share them, as two executions in n8n do. */
export function openEngine({ nodeTypes, credentialTypes }: Installed, credentials: CredentialsByType): Engine {
	prepareInstance();
	const known = nodeTypesOf(nodeTypes);
	const nodes = Object.keys(nodeTypes).map((name) => known.getByNameAndVersion(name));
	const types = credentialTypes.map((type) => (typeof type === 'function' ? new type() : type));
	const store = new CredentialStore(types, credentials);
	return {
		runWorkflow: (options) => run(known, store, options),
		testCredential: (type, data = store.stored(type)) =>
			testCredential(nodes, new CredentialStore(types, { [type]: data }), type),
		listSearch: (nodeType, method, search = {}) => listSearch(known, store, nodeType, method, search),
		loadOptions: (nodeType, method, parameters) => loadOptions(known, store, nodeType, method, parameters),
		stored: (type) => store.stored(type),
		save: (type, data) => store.save(type, data),
	};
}

/** Runs a workflow once in an engine of its own. */
export async function runWorkflow(
	options: RunOptions & Installed & { readonly credentials: CredentialsByType },
): Promise<Run> {
	return openEngine(options, options.credentials).runWorkflow(options);
}

/** A built package, loaded from its folder by n8n's own loader. */
export async function loadPackage(folder: string): Promise<Installed> {
	prepareInstance();
	const loader = new PackageDirectoryLoader(folder);
	await loader.loadAll();
	const nodes = Object.entries(loader.nodeTypes).map(([name, { type }]) => {
		if ('nodeVersions' in type) throw new Error(`${name} has several versions; load each of them`);
		return [`${loader.packageName}.${name}`, type] as const;
	});
	return {
		nodeTypes: Object.fromEntries(nodes),
		credentialTypes: Object.values(loader.credentialTypes).map(({ type }) => type),
	};
}
