import { subtitle } from '../shared/subtitle';

/** What is watched, e.g. `Sales, Costs` or `name contains sales`. */
export const triggerSubtitle = subtitle((fields, text, dataSet) => {
	if (fields.watch === 'owner') return `owner ${text(fields.owner)}`;
	if (fields.watch === 'name')
		return text(fields.nameContains) ? `name contains ${text(fields.nameContains)}` : 'all DataSets';
	const list: { dataSet?: ReadonlyArray<{ dataSet?: unknown }> } = Object(fields.dataSets);
	const names = (list.dataSet ?? []).map((entry) => dataSet(entry.dataSet)).filter(Boolean);
	if (names.length > 2) return `${names[0]} and ${names.length - 1} more`;
	return names.join(', ') || 'chosen DataSets';
});
