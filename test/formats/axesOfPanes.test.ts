import { type INodeProperties } from 'n8n-workflow';
import { fileFormat } from '../../nodes/DomoWriteback/descriptions/fileFormat';
import { publishing } from '../../nodes/DomoWriteback/descriptions/publishing';
import { rows } from '../../nodes/DomoWriteback/descriptions/rows';
import { axesOf } from './axes';
import { SPOT_KINDS, type SpotKind } from './spot';

type Pane = 'rows' | 'fileFormat' | 'publishing';

/** The options of a pane that a destination shows. */
function optionsOf(pane: INodeProperties, kind: SpotKind): INodeProperties[] {
	const options = (pane.options ?? []).filter((option) => 'displayName' in option && 'type' in option);
	return options.filter(({ displayOptions: { show, hide } = {} }) => {
		return (show?.['/destination']?.includes(kind) ?? true) && hide?.['/destination']?.includes(kind) !== true;
	});
}

/** Everything that an option can be set to, where that is a list; otherwise that it is set at all. */
function wanted({ name, type, options = [] }: INodeProperties): string[] {
	if (type === 'boolean') return [`${name}=true`];
	// What a list holds that comes from the DataSet is in no description.
	if (type !== 'options' || options.length === 0) return [name];
	return options.map((option) => `${name}=${'value' in option ? String(option.value) : ''}`);
}

/** What the matrix sets of a pane, as an option and as its value. */
function triedOf(pane: Pane, kind: SpotKind): Set<string> {
	const values = axesOf(kind).flatMap((axis) => Object.values(axis.values));
	const set = values.flatMap((value) => Object.entries(value[pane] ?? {}));
	return new Set(set.flatMap(([name, value]) => [name, `${name}=${String(value)}`]));
}

describe.each(SPOT_KINDS)('to %s', (kind) => {
	test.each([
		['rows', rows, 5],
		['fileFormat', fileFormat, 20],
		['publishing', publishing, 5],
	] as const)('every option of the pane %s is in the matrix, and every choice of it', (name, pane, least) => {
		const options = optionsOf(pane, kind);
		expect(options.length).toBeGreaterThanOrEqual(least);
		const tried = triedOf(name, kind);
		expect(options.flatMap(wanted).filter((one) => !tried.has(one))).toEqual([]);
	});
});
