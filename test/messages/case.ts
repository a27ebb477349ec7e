import type { IDataObject } from 'n8n-workflow';
import type { Typed } from '../nodes/DomoWriteback/execution';
import { byId } from '../nodes/DomoWriteback/execution';

/** One message, and what a user does to see it. */
export interface Case {
	/** How the message begins. */
	readonly says: string;
	/** Of the node. */
	readonly parameters: IDataObject;
	/** What the credentials hold instead of the sandbox's. */
	readonly typed: Typed;
	/** Version of the node; the present one when absent. */
	readonly typeVersion?: number;
}

/** What differs from a writeback that works. */
export interface Differs {
	readonly dataSet?: string;
	readonly parameters?: IDataObject;
	readonly typed?: Typed;
	readonly typeVersion?: number;
}

/** One try, and no long wait: a busy machine may stand still for a second or two. */
const TRANSFER = { maxTries: 1, idleTimeout: 10 };

/** For those who wait in vain. */
export const IMPATIENT: IDataObject = { transfer: { ...TRANSFER, idleTimeout: 1 } };

/** Cases that differ from a writeback of `dataSet` to a destination. */
export function casesTo(base: IDataObject, dataSet: string) {
	return (says: string, { parameters = {}, typed = {}, ...differs }: Differs): Case => ({
		says,
		parameters: { ...base, dataSet: byId(differs.dataSet ?? dataSet), transfer: TRANSFER, ...parameters },
		typed,
		...(differs.typeVersion !== undefined && { typeVersion: differs.typeVersion }),
	});
}

export const TO_SFTP: IDataObject = { destination: 'sftp', path: 'messages' };

export const TO_BINARY: IDataObject = { destination: 'binary', binaryPropertyName: 'data' };

/** To a container whose name, in the scripted blob service, says what is answered. */
export const toContainer = (name: string): IDataObject => ({
	destination: 'azureBlob',
	container: { __rl: true, mode: 'name', value: name },
});

/** n8n checks what is typed; what an expression yields gets to the node. */
export const yields = (value: unknown): string => `={{ ${JSON.stringify(value)} }}`;
