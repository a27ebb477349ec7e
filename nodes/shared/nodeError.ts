import { type INode, NodeOperationError } from 'n8n-workflow';

import { formatMessageAndHint, WritebackError } from '../../core/support/errors';
import type { Redactor } from '../../core/support/redact/redactor';

/**
 * The error n8n shows and stores: title = what happened, description = what to do. It carries no foreign object, and no secret that
 * `redactor` knows, so nothing secret reaches the editor, the log or the database.
 */
export function nodeError(node: INode, fault: unknown, itemIndex: number, redactor: Redactor): NodeOperationError {
	const writebackError = fault instanceof WritebackError ? fault : undefined;
	// An agent's model is shown nothing but the message.
	const forModel = writebackError !== undefined && node.type.endsWith('Tool');
	const message = messageOf(fault, redactor, forModel);
	const plain = new Error(message);
	if (fault instanceof Error) plain.stack = stackOf(fault, message, redactor);
	const error = new NodeOperationError(node, plain, {
		itemIndex,
		...(writebackError && !forModel && { description: redactor.finished(writebackError.hint) }),
		...(writebackError && { type: writebackError.reason }),
	});
	// n8n swaps a message that happens to hold an error code, be it in a file name, for a general one.
	error.message = message;
	return error;
}

/** A fault as one text, for where n8n shows no second one. */
export function faultText(fault: unknown, redactor: Redactor): string {
	return messageOf(fault, redactor, true);
}

/** Ours are cleared of foreign secrets where they were made; of any other fault, all of the text is foreign. */
function messageOf(fault: unknown, { foreign, finished }: Redactor, inOne: boolean): string {
	if (fault instanceof WritebackError) return finished(inOne ? formatMessageAndHint(fault) : fault.message);
	return foreign(fault instanceof Error ? fault.message : String(fault));
}

/** Where it happened, without what V8 took of the message when the fault was made. */
function stackOf({ name, stack = '' }: Error, message: string, { finished }: Redactor): string {
	const frames = stack.split('\n').filter((line) => /^\s{4}at /u.test(line));
	return [`${name}: ${message}`, ...frames.map(finished)].join('\n');
}
