import type { DataSet } from '../domo/dataSet';
import type { FormatOptions } from '../format/formatOptions';
import { checkEncryption } from '../names/contentByExtension';
import { labelOf } from '../names/fileName';
import { checkDistinctNames } from './distinctNames';
import type { PublishingOptions } from './publishingOptions';
import { type Names, type Targets, targetsOf } from './targets';

interface TargetSettings {
	readonly dataSetId: string;
	readonly names: Names;
	readonly format: FormatOptions;
	readonly publishing: PublishingOptions;
}

/** Throws `setting` for names of one DataSet that cannot stand side by side, or that promise an encryption which is not there. */
export function validateTargets(
	{ names, format, publishing }: TargetSettings,
	numbered: (number: number) => Targets,
): void {
	const label = names.extension.typed === undefined ? labelOf(names.choice) : 'File Extension';
	checkEncryption(numbered(0).file(1).fileName, format, label);
	checkDistinctNames(numbered, publishing, names.parts);
}

/** Two DataSets without anything in common, so that names which cannot work for either cannot work for any; short, so that length is judged by the real one. */
const SAMPLES: ReadonlyArray<Pick<DataSet, 'name' | 'rows' | 'updatedAt'>> = [
	{ name: 'W', rows: 7, updatedAt: '1987-06-05T04:03:02Z' },
	{ name: 'J', rows: 4, updatedAt: '1965-05-24T15:47:38Z' },
];

/** As `validateTargets`, before Domo is asked: throws for what is wrong whatever the DataSet is called and holds. */
export function validateTargetsOfAnyDataSet(request: TargetSettings): void {
	const [one, other] = SAMPLES.map((sample) => () => validateTargets(request, sampleTargets(request, sample)));
	try {
		one?.();
	} catch {
		other?.();
	}
}

function sampleTargets({ dataSetId, names, publishing }: TargetSettings, sample: (typeof SAMPLES)[number]) {
	const dataSet: DataSet = {
		...sample,
		id: dataSetId,
		columns: 1,
		schema: [],
		dataCurrentAt: sample.updatedAt,
		pdpEnabled: false,
		owner: {},
	};
	const now = new Date();
	return (number: number) => targetsOf(names, dataSet, { publishing, contentType: '', now, number });
}
