/** How Domo writes the ID of a DataSet: a GUID (RFC 9562), in either case. */
export const DATA_SET_ID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

const ALONE = new RegExp(`^${DATA_SET_ID}$`, 'i');

/** Whether a text is the ID of a DataSet and nothing else, so that it may stand in an address or a file name. */
export function isDataSetId(text: string): boolean {
	return ALONE.test(text);
}
