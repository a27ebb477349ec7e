import { readDataSetId } from '../../../nodes/shared/dataSetLocator';
import { details } from '../../../nodes/DomoWriteback/descriptions/details';
import { refusal } from '../../core/refusal';

const ID = '845305d8-da3d-4107-a9d6-13ef3f86d4a4';
const OTHER = '0f7d0e5c-3ae5-4d6f-9b2a-5d7b3f6f1c11';

/** What Domo's own pages, links and redirects look like. */
const ADDRESSES = [
	`https://acme.domo.com/datasources/${ID}/details/overview`,
	`https://acme.domo.com/datasources/${ID}`,
	`https://acme.domo.com/page/${OTHER}/datasources/${ID}/details/data/table`,
	`https://acme.domo.com/?tenant=${OTHER}#/datasources/${ID}/details`,
	`https://acme.domo.com/?tenant=${OTHER}&next=/datasources/${ID}?from=${OTHER}`,
	`https://acme.domo.com/datasources/${ID}/details/history/${OTHER}`,
	`https://acme.domo.com/datasources/${ID}?datasources/${OTHER}`,
];

test.each([ID, ` ${ID}\n`, ID.toUpperCase(), ...ADDRESSES])('%j means the DataSet', (typed) => {
	expect(readDataSetId(typed)).toBe(ID);
	expect(readDataSetId({ __rl: true, mode: 'id', value: typed })).toBe(ID);
});

test('an address that is behind a login page is found as well', () => {
	const next = encodeURIComponent(`/datasources/${ID}/details/overview`);
	expect(readDataSetId(`https://acme.domo.com/auth/index?tenant=${OTHER}&redirectUrl=${next}`)).toBe(ID);
});

test.each([
	`https://acme.domo.com/page/${OTHER}`,
	`https://acme.domo.com/datasources/?id=${OTHER}`,
	`https://acme.domo.com/page/${OTHER}/datasources/`,
	`${OTHER} ${ID}`,
	`${ID}0`,
	`https://acme.domo.com/datasources/${ID}0`,
])('%j is none', (typed) => {
	expect(refusal(() => readDataSetId(typed)).message).toBe('Input DataSet ID: this is not the ID of a DataSet');
});

test.each(ADDRESSES)("n8n's editor takes the same DataSet out of %s", (typed) => {
	const modes = details.find(({ name }) => name === 'dataSet')?.modes ?? [];
	const { extractValue, validation = [] } = modes.find(({ name }) => name === 'url') ?? {};
	expect(new RegExp(String(extractValue?.regex)).exec(typed)?.[1]).toBe(ID);
	for (const rule of validation) {
		if ('properties' in rule) expect(typed).toMatch(new RegExp(String(Reflect.get(rule.properties, 'regex'))));
	}
});
