import type { Redactor } from '../support/redact/redactor';
import type { Receipt, Skipped } from './receipt';

/** The receipt without secrets in what others wrote. File names and targets are the user's own: the next node looks for them. */
export function redactReceipt(receipt: Receipt | Skipped, { finished }: Redactor): Receipt | Skipped {
	const dataSetName = finished(receipt.dataSetName);
	if (!('bytes' in receipt)) return { ...receipt, dataSetName };
	const { verificationNote, notes, orphansRemoved } = receipt;
	return {
		...receipt,
		dataSetName,
		...(verificationNote !== undefined && { verificationNote: finished(verificationNote) }),
		...(notes && { notes: notes.map(finished) }),
		...(orphansRemoved && { orphansRemoved: orphansRemoved.map(finished) }),
	};
}
