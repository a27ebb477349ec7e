import { details } from '../../../nodes/DomoWriteback/descriptions/details';
import { fileFormat } from '../../../nodes/DomoWriteback/descriptions/fileFormat';
import { publishing } from '../../../nodes/DomoWriteback/descriptions/publishing';
import { transfer } from '../../../nodes/DomoWriteback/descriptions/transfer';
import { optionsOf, readText } from '../../../nodes/shared/optionsReader';
import { readFileFormat } from '../../../nodes/DomoWriteback/parameters/readFileFormat';
import { readPublishing } from '../../../nodes/DomoWriteback/parameters/readPublishing';
import { choiceOf, readFlag } from '../../../nodes/shared/parameterValues';
import { sftpFields } from '../../../nodes/shared/credentialFields';
import { refusal } from '../../core/refusal';

const of = (value: unknown) => optionsOf({ value }, 'Pane');

test.each([true, 'true', 'TRUE', ' True\n', 1, '1', 'yes', 'YES', 'y', 'on', 'On'])('%j means yes', (value) => {
	expect(of(value).flag('value', 'Label', false)).toBe(true);
});

test.each([false, 'false', 'FALSE', ' False ', 0, '0', 'no', 'No', 'n', 'off', 'OFF'])('%j means no', (value) => {
	expect(of(value).flag('value', 'Label', true)).toBe(false);
});

test.each([undefined, null, '', '  ', 'maybe', 'wahr', 2, -1, Number.NaN, 'truee', [], [true], {}, { on: true }])(
	'%j is neither, and is refused by the label of the field',
	(value) => {
		expect(refusal(() => of(value).flag('value', 'Escape Formulas', false))).toMatchObject({
			reason: 'setting',
			message: expect.stringMatching(/^Escape Formulas: (it must be true or false|the expression yields nothing)$/),
		});
	},
);

test('an option that is not added is what it is without', () => {
	expect(optionsOf({}, 'Pane').flag('value', 'Label', true)).toBe(true);
	expect(optionsOf({}, 'Pane').flag('value', 'Label', false)).toBe(false);
	expect(optionsOf({}, 'Pane').whole('value', 'Label', 1, 9, 5)).toBeUndefined();
	expect(optionsOf({}, 'Pane').choice('value', 'Label', ['a', 'b'], 'b')).toBe('b');
	expect(optionsOf({}, 'Pane').entries('value', 'entry', 'Label')).toEqual([]);
});

test.each([undefined, null, '', 'csv', '[]', [], 7, true])('%j is no collection of options', (collection) => {
	expect(refusal(() => optionsOf(collection, 'File Format')).message).toBe("File Format: it isn't a list of options");
});

test.each([5, '5', ' 5 ', '5.0', '5.', '5e0', '+5', '05'])('%j is five', (value) => {
	expect(of(value).whole('value', 'Label', 1, 1000, 3)).toBe(5);
});

test('1e3 is a thousand', () => {
	expect(of('1e3').whole('value', 'Label', 1, 1000, 3)).toBe(1000);
});

test.each([undefined, null, '', ' ', 0, 1001, 1.5, '1.5', '5 rows', '1,000', '0x5', [5], true, {}, Infinity, 'NaN'])(
	'%j is no number that could be meant, and a sensible one is proposed',
	(value) => {
		expect(refusal(() => of(value).whole('value', 'Split Rows', 1, 1000, 300))).toMatchObject({
			message: 'Split Rows: it must be a whole number from 1 to 1000',
			hint: 'Change it under Pane, e.g. to 300.',
		});
	},
);

/** Every field of the editor that is a choice of words. */
const CHOICES = [...details, ...[fileFormat, publishing, transfer].flatMap(({ options = [] }) => options)].flatMap(
	(property) => {
		if (!('type' in property) || property.type !== 'options') return [];
		return (property.options ?? []).flatMap((option) =>
			'value' in option && typeof option.value === 'string'
				? [{ property, label: property.displayName, name: option.name, value: option.value }]
				: [],
		);
	},
);

test.each(CHOICES)('$label: $name is $value however it is written', ({ property, name, value }) => {
	const known = (property.options ?? []).flatMap((one) => ('value' in one ? [String(one.value)] : []));
	for (const written of [value, value.toUpperCase(), ` ${value}\n`, name, name.toLowerCase(), name.toUpperCase()]) {
		expect([written, choiceOf(written, known, property)]).toEqual([written, value]);
	}
	for (const written of ['', null, undefined, `${value}x`, [value], { value }, true]) {
		expect([written, choiceOf(written, known, property)]).toEqual([written, undefined]);
	}
});

test.each([null, undefined, '', 'append', ['fail']])(
	'If Exists as %j is refused, and nothing is replaced for it',
	(ifExists) => {
		const options = optionsOf({ ifExists }, 'Publishing', publishing.options);
		expect(refusal(() => readPublishing(options, 'sftp')).message).toBe('If Exists: there is no such option');
	},
);

test.each([null, undefined, '', ' \n'])(
	'a PGP Public Key that comes out as %j sends nothing readable',
	(pgpPublicKey) => {
		const options = optionsOf({ pgpPublicKey }, 'File Format', fileFormat.options);
		expect(refusal(() => readFileFormat(options, 'UTC')).message).toBe(
			'PGP Public Key: it is empty, so the file would not be encrypted',
		);
	},
);

test.each([null, undefined, '', 'rw-r-----'])(
	'Permissions that come out as %j are not left to the server',
	(permissions) => {
		const options = optionsOf({ permissions }, 'Publishing', publishing.options);
		expect(refusal(() => readPublishing(options, 'sftp')).message).toBe("Permissions: these aren't octal permissions");
	},
);

test.each([
	['as the editor stores it', { column: [{ from: 'a', to: 'b' }] }],
	['as a list', [{ from: 'a', to: 'b' }]],
	['as a single entry', { column: { from: 'a', to: 'b' } }],
])('entries are read %s', (_, renameColumns) => {
	const options = optionsOf({ renameColumns }, 'File Format', fileFormat.options);
	expect(readFileFormat(options, 'UTC').rows?.columns.renamed).toEqual([['a', 'b']]);
});

test.each([null, '', 'a=b', 7, { columns: [{ from: 'a', to: 'b' }] }, { column: 'a' }])(
	'%j holds no entries, and is not passed over',
	(renameColumns) => {
		const options = optionsOf({ renameColumns }, 'File Format', fileFormat.options);
		expect(refusal(() => readFileFormat(options, 'UTC')).message).toBe('Rename Columns: it has no entries');
	},
);

test.each(['metadata', 'tags'] as const)('a name that %s hold twice is refused by the label', (name) => {
	const entry = [
		{ name: 'source', value: 'a' },
		{ name: ' source ', value: 'b' },
	];
	const options = optionsOf({ [name]: { entry } }, 'Publishing', publishing.options);
	const label = name === 'tags' ? 'Tags' : 'Metadata';
	expect(refusal(() => readPublishing(options, 'azureBlob')).message).toBe(`${label}: "source" is listed twice`);
});

test('a list or an object is no text', () => {
	for (const value of [['a'], { name: 'a' }]) {
		expect(refusal(() => readText(value, 'Filename')).message).toBe('Filename: it is a list or an object');
		const options = optionsOf({ doneFileName: value }, 'Publishing', publishing.options);
		expect(refusal(() => options.text('doneFileName')).message).toBe('Done File Name: it is a list or an object');
	}
	expect([7, true, null, undefined, 'a'].map((value) => readText(value, 'Filename'))).toEqual([
		'7',
		'true',
		'',
		'',
		'a',
	]);
});

test('Legacy Algorithms of the SFTP credential is read as any other switch', () => {
	const legacy = (legacyAlgorithms?: string | boolean) =>
		sftpFields(legacyAlgorithms === undefined ? {} : { legacyAlgorithms }).legacyAlgorithms;
	expect([legacy('TRUE'), legacy(true), legacy('no'), legacy()]).toEqual([true, true, false, false]);
	expect(refusal(() => legacy('perhaps')).message).toBe('Legacy Algorithms: it must be true or false');
	expect(readFlag('on', 'x')).toBe(true);
});
