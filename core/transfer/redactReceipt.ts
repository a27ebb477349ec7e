import type { Highest } from '../format/formatOptions';
import type { Redact, Redactor } from '../support/redact/redactor';
import type { Receipt, Skipped } from './receipt';

/** The receipt without secrets in what others wrote. File names and targets are the user's own: the next node looks for them. */
export function redactReceipt(receipt: Receipt | Skipped, { finished }: Redactor): Receipt | Skipped {
	const dataSetName = finished(receipt.dataSetName);
	const { verificationNote, notes, highest } = receipt;
	const redacted = {
		dataSetName,
		...(verificationNote !== undefined && { verificationNote: finished(verificationNote) }),
		...(highest && { highest: redactHighest(highest, finished) }),
		...(notes && { notes: notes.map(finished) }),
	};
	if (!('bytes' in receipt)) return { ...receipt, ...redacted };
	const { orphansRemoved } = receipt;
	return { ...receipt, ...redacted, ...(orphansRemoved && { orphansRemoved: orphansRemoved.map(finished) }) };
}

function redactHighest({ column, value }: Highest, finished: Redact): Highest {
	return { column: finished(column), value: value === null ? null : finished(value) };
}
