import type { IDataObject } from 'n8n-workflow';
import type { Azurite } from '../../../sandbox/azurite';
import type { OpenSsh } from '../../../sandbox/openssh';
import type { Typed } from '../../nodes/DomoWriteback/execution';

/** Servers that all executions share. */
export interface Servers {
	readonly openSsh: OpenSsh;
	readonly azure: Azurite;
}

/** Where one execution writes, looked at by another client than the one under test. */
export interface Place {
	/** Of the node: destination, folder or container. */
	readonly parameters: IDataObject;
	/** What the credential says. */
	readonly typed: Typed;
	/** Whether an old file is replaced in one step, so that its name is never free. */
	readonly replacesAtOnce: boolean;
	/** Everything that is here, hidden files included. */
	names(): Promise<string[]>;
	/** Changes whenever what stands under a name does; undefined while there is nothing. */
	stamp(name: string): Promise<string | undefined>;
	read(name: string): Promise<AsyncIterable<Uint8Array> | undefined>;
	put(name: string, content: string): Promise<void>;
	/** How often this place or the way to it went wrong. */
	faults(): number;
	/** How many logins were refused. */
	refusedLogins(): number;
	/** Connections of the node that are open. */
	connections(): number;
	/** Ends what is this place's own, with all files. */
	close(): Promise<void>;
}
