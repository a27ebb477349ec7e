import type { Reason } from '../../../core/support/errors';

/** What each reason means, in the order in which docs/messages.md has them. */
export const REASONS: Readonly<Record<Reason, string>> = {
	setting:
		'The value of a node parameter or a credential field cannot be used. The message begins with its label. Nothing was sent, unless the message is about a row or comes from Azure.',
	domoLogin: 'Domo refused the client ID and secret, or the token that it issued for them.',
	dataSetNotFound: 'The DataSet does not exist, or was deleted.',
	dataSetForbidden: "The DataSet is not shared with the client's user.",
	domoInterrupted: 'Domo cannot be reached, stopped sending, or sent nothing for too long.',
	domoBusy: 'Domo asked to wait, or is not available at the moment.',
	domoNotData: 'The response is not what Domo documents. Most often, it is a web page.',
	rowsDiffer: 'The export does not contain the rows or the columns that Domo lists.',
	hostKeyUnknown: 'No host key is pinned yet. Nothing was sent.',
	hostKeyMismatch: "The server's host key differs from the pinned one. Nothing was sent.",
	destinationLogin: 'The server refused the user, or Azure the SAS token.',
	targetRefused: "The file can't be written to the target: a folder, a container or a permission is missing.",
	targetExists: "The target already exists. If 'If Exists' is Add Number, the node tries the next number.",
	targetTaken: 'An earlier item of the same execution writes this target. Nothing was written for this item.',
	destinationFull: 'The server has no space left.',
	destinationInterrupted: "The connection was lost, and further tries didn't restore it.",
	incomplete: 'The stored content differs from what was sent.',
	cancelled: 'The execution was stopped.',
};

export function isReason(text: unknown): text is Reason {
	return typeof text === 'string' && Object.hasOwn(REASONS, text);
}
