/** What may happen to a DataSet between two polls. */
export const EVENTS = ['dataUpdated', 'rowsChanged', 'schemaChanged', 'newDataSet'] as const;

export type Event = (typeof EVENTS)[number];

export function isEvent(value: unknown): value is Event {
	return EVENTS.some((event) => event === value);
}
