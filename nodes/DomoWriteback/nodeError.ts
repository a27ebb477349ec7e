import { type INode, NodeOperationError } from 'n8n-workflow';

import { inOneText, WritebackError } from './errors';

/**
 * The error n8n shows and stores: title = what happened, description = what to do. It carries no foreign object, and every
 * one of `secrets` is struck out of its texts, so nothing secret reaches the editor, the log or the database.
 */
export function nodeError(
	node: INode,
	fault: unknown,
	itemIndex: number,
	secrets: readonly string[],
): NodeOperationError {
	const strike = striker(secrets);
	const known = fault instanceof WritebackError ? fault : undefined;
	// An agent's model is shown nothing but the message.
	const forModel = known !== undefined && node.type.endsWith('Tool');
	const message = strike(forModel ? inOneText(known) : fault instanceof Error ? fault.message : String(fault));
	const plain = new Error(message);
	if (fault instanceof Error) plain.stack = strike(fault.stack ?? '');
	const error = new NodeOperationError(node, plain, {
		itemIndex,
		...(known && !forModel && { description: strike(known.hint) }),
		...(known && { type: known.reason }),
	});
	// n8n swaps a message that happens to hold an error code, be it in a file name, for a general one.
	error.message = message;
	return error;
}

/** Shorter ones would strike out half of every message. */
const SECRET_CHARACTERS = 4;

/** Replaces every secret in a text, as it is and as an address would hold it. */
export function striker(secrets: readonly string[]): (text: string) => string {
	const forms = secrets
		.flatMap((secret) => [secret, encodeURIComponent(secret), secret.trim()])
		.filter((secret) => secret.length >= SECRET_CHARACTERS)
		.sort((a, b) => b.length - a.length);
	return (text) => forms.reduce((left, secret) => left.replaceAll(secret, '…'), text);
}
