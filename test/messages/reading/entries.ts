import ts from 'typescript';
import { type Reason, WritebackError } from '../../../core/support/errors';
import { isReason } from './reasons';
import { everyWay, Impossible } from './choices';
import { openReading } from './evaluate';
import { codeOf, pathOf, readSource, type Source } from './source';
import { formsOf, type Template, textLength } from './template';
import { known } from './value';
import { openWords, type Words } from './words';

/** One message, as the source has it. */
export interface Entry {
	readonly reason: Reason;
	readonly message: Template;
	readonly hint: Template;
	/** Whether the node tries the writeback again by itself. */
	readonly retryable: boolean;
	/** The file that makes the error. */
	readonly from: string;
}

/** What the source can say to a user. */
export interface Messages {
	readonly entries: readonly Entry[];
	/** What a hint may have behind it. */
	readonly additions: readonly Template[];
	/** Code that stands in a sentence, and nobody has put into words. */
	readonly unsaid: readonly string[];
	/** Words that no sentence needs. */
	readonly unused: readonly string[];
}

export function readMessages(): Messages {
	const source = readSource(['core', 'nodes']);
	const words = openWords();
	const entries = sitesIn(source).flatMap((site) => readSite(site, source, words));
	const additions = retoldIn(source).flatMap((site) => readHints(site, source, words));
	return { entries: withoutTwins(entries), additions, unsaid: words.unsaid(), unused: words.unused() };
}

type Call = ts.CallExpression | ts.NewExpression;

function callsIn(source: Source, fits: (node: Call) => boolean): Call[] {
	const found: Call[] = [];
	const visit = (node: ts.Node): void => {
		if ((ts.isCallExpression(node) || ts.isNewExpression(node)) && fits(node)) found.push(node);
		ts.forEachChild(node, visit);
	};
	source.files.forEach(visit);
	return found;
}

const CLASSES = /^(?:WritebackError|CommitOutcomeUnknown)$/;

/** Where errors are made: also by the constructor of a class that is one. */
function sitesIn(source: Source): Call[] {
	return callsIn(source, (node) => {
		const isError = ts.isNewExpression(node) && CLASSES.test(node.expression.getText());
		return (isError || node.expression.kind === ts.SyntaxKind.SuperKeyword) && node.arguments?.length === 3;
	});
}

function retoldIn(source: Source): Call[] {
	return callsIn(
		source,
		({ expression, arguments: told }) => expression.getText() === 'withOptions' && told?.length === 2,
	);
}

function readSite(site: Call, source: Source, words: Words): Entry[] {
	return everyWay(nameOf(site), (choices) => {
		const reading = openReading(source, words, choices);
		const frame = reading.frames.at(site);
		const [first, second, told] = site.arguments ?? [];
		const hint = told && fieldOf(told, 'hint');
		const reason = first && known(reading.value(first, frame));
		// What only passes another error on says what that one says.
		if (!isReason(reason) || second === undefined) throw new Impossible();
		if (hint === undefined) throw new Error(`${nameOf(site)} has no hint that can be read: write it down right there`);
		const again = fieldOf(told, 'retryable');
		const retryable = again && known(reading.value(again, frame));
		return {
			reason,
			message: reading.template(second, frame),
			hint: reading.template(hint, frame),
			retryable: typeof retryable === 'boolean' ? retryable : new WritebackError(reason, '', { hint: '' }).retryable,
			from: pathOf(site),
		};
	});
}

function nameOf(site: Call): string {
	return `${pathOf(site)}: ${codeOf(site).slice(0, 80)}`;
}

function readHints(site: Call, source: Source, words: Words): Template[] {
	const [, told] = site.arguments ?? [];
	const hint = told && fieldOf(told, 'hint');
	if (hint === undefined) return [];
	return everyWay(nameOf(site), (choices) => {
		const reading = openReading(source, words, choices);
		return reading.template(hint, reading.frames.at(site));
	}).filter((template) => textLength(template) > 0);
}

function fieldOf(node: ts.Expression | undefined, name: string): ts.Expression | undefined {
	if (node === undefined || !ts.isObjectLiteralExpression(node)) return undefined;
	const field = node.properties.find((property) => property.name?.getText() === name);
	if (field === undefined || ts.isSpreadAssignment(field)) return undefined;
	return ts.isShorthandPropertyAssignment(field)
		? field.name
		: ts.isPropertyAssignment(field)
			? field.initializer
			: undefined;
}

/** Without those that another entry says, too, when what is not always there is left out of it. */
function withoutTwins(entries: readonly Entry[]): Entry[] {
	const kept = new Map(entries.map((entry) => [keyOf(entry), entry]));
	for (const entry of kept.values()) {
		for (const message of formsOf(entry.message)) {
			for (const hint of formsOf(entry.hint)) {
				const twin = keyOf({ ...entry, message, hint });
				if (twin !== keyOf(entry)) kept.delete(twin);
			}
		}
	}
	return [...kept.values()];
}

function keyOf({ reason, retryable, message, hint }: Entry): string {
	return JSON.stringify([reason, retryable, message, hint]);
}
