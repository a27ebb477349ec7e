import { subtitle } from '../shared/subtitle';

/** What is done to what, e.g. `get rows: Sales` or `get many: name contains sales`. */
export const domoSubtitle = subtitle((fields, text, dataSet) => {
	const operation = String(fields.operation ?? 'get').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
	if (operation !== 'get many') return [operation, dataSet(fields.dataSet)].filter(Boolean).join(': ');
	const filters: { nameContains?: unknown; owner?: unknown } = Object(fields.filters);
	const [name, owner] = [text(filters.nameContains), text(filters.owner)];
	const chosen = [name && `name contains ${name}`, owner && `owner ${owner}`].filter(Boolean);
	return [operation, chosen.join(', ')].filter(Boolean).join(': ');
});
