import type { Redactor } from '../support/redact/redactor';
import type { Receipt, Skipped } from './receipt';

/** The receipt without secrets in what others wrote. File names and targets are the user's own: the next node looks for them. */
export function redactReceipt(receipt: Receipt | Skipped, { finished }: Redactor): Receipt | Skipped {
	const dataSetName = finished(receipt.dataSetName);
	const { verificationNote, notes } = receipt;
	const redacted = {
		dataSetName,
		...(verificationNote !== undefined && { verificationNote: finished(verificationNote) }),
		...(notes && { notes: notes.map(finished) }),
	};
	if (!('bytes' in receipt)) return { ...receipt, ...redacted };
	const { orphansRemoved } = receipt;
	return { ...receipt, ...redacted, ...(orphansRemoved && { orphansRemoved: orphansRemoved.map(finished) }) };
}
