import type { Reason } from '../../../core/support/errors';

/** What each reason means, in the order in which docs/messages.md has them. */
export const REASONS: Readonly<Record<Reason, string>> = {
	setting:
		'A parameter of the node or a field of a credential cannot work. The message begins with its label. Nothing was sent, unless the message is about a row or comes from Azure.',
	domoLogin: 'Domo refused the client ID and secret, or the token that they gave.',
	dataSetNotFound: 'The DataSet does not exist, or was deleted.',
	dataSetForbidden: "The DataSet is not shared with the client's user.",
	domoInterrupted: 'Domo cannot be reached, stopped sending, or fell silent.',
	domoBusy: 'Domo asked to wait, or is not available at the moment.',
	domoNotData: 'What came is not what Domo documents: most often a web page.',
	rowsDiffer: 'The export does not hold the rows or the columns that Domo lists.',
	hostKeyUnknown: 'No host key is pinned yet. Nothing was sent.',
	hostKeyMismatch: 'The server has another host key than the one that is pinned. Nothing was sent.',
	destinationLogin: 'The server refused the user, or Azure the SAS token.',
	targetRefused: 'The file cannot be written there: a folder or container is missing, or a right.',
	targetExists: 'The name is taken. Tried again where If Exists is Add Number: then the next number is free.',
	targetTaken: 'An earlier item of the same execution writes this target. Nothing was written for this item.',
	destinationFull: 'There is no space left.',
	destinationInterrupted: 'The connection was lost, and stayed lost.',
	incomplete: 'The destination does not hold what was sent.',
	cancelled: 'The execution was stopped.',
};

export function isReason(text: unknown): text is Reason {
	return typeof text === 'string' && Object.hasOwn(REASONS, text);
}
