import type { IDataObject } from 'n8n-workflow';
import type { Digest } from '../../sandbox/domo/domo';
import { digestAt } from './dataSets';
import type { Item, Witnessed } from './aftermath';
import { BOUND_MS } from './execution';
import { collisionsOf } from './collisions';
import { isClear, SILENCE, textOf, type Told, toldOf } from './told';
import { NOTHING, sha256 } from './watch';

/**
 * What must never happen: a file that is gone; a part of one under its name; something left behind; a receipt whose file holds
 * anything else, or anything else at all.
 */
export const CRIMES = ['lost', 'partial', 'leaked', 'wrong'] as const;

export interface Finding {
	readonly crime: (typeof CRIMES)[number];
	readonly what: string;
}

export interface Verdict {
	readonly findings: readonly Finding[];
	/** Receipts whose file was found to be all of the DataSet. */
	readonly verified: readonly IDataObject[];
	/** Items whose user was told why. */
	readonly refused: number;
	/** Items that ended because the user, or another item's failure, ended the execution. */
	readonly stopped: number;
}

/** Holds what was seen against what is promised. */
export async function judge(witnessed: Witnessed): Promise<Verdict> {
	const { outcome, items } = witnessed;
	const told = items.map((_, index) => toldOf(witnessed, index));
	const found = await Promise.all(items.map(async (item, at) => await judgeItem(witnessed, item, at, told[at])));
	const receipts = told.flatMap((one, at) => (one.kind === 'receipt' && found[at]?.length === 0 ? [one.json] : []));
	const contents = await Promise.all(items.map(async (item) => [...(await contentsOf(witnessed, item)).keys()]));
	const findings = [...found.flat(), ...judgeExecution(witnessed, told, new Set(contents.flat()))];
	if (outcome === undefined) findings.push({ crime: 'wrong', what: `it did not end within ${BOUND_MS / 1000} s` });
	return {
		findings,
		verified: receipts,
		refused: told.filter(({ kind }) => kind === 'refusal').length,
		stopped: told.filter(({ kind }) => kind === 'silence').length,
	};
}

async function judgeItem(witnessed: Witnessed, item: Item, at: number, told: Told = SILENCE) {
	const met = witnessed.met.get(item.fileName) ?? [];
	const whole = await contentsOf(witnessed, item);
	const others = await rivalContents(witnessed, item);
	const before = item.old === undefined ? NOTHING : sha256(item.old);
	const findings: Finding[] = [];
	const found = (crime: Finding['crime'], what: string) => findings.push({ crime, what: `item ${at}: ${what}` });
	if (met.some((content) => ![before, NOTHING, ...whole.keys(), ...others].includes(content)))
		found('partial', 'a reader met what is neither the old file nor a complete new one');
	if (before !== NOTHING && witnessed.replacesAtOnce && met.includes(NOTHING))
		found('lost', 'a reader met no file where there was one');
	const last = met.at(-1) ?? NOTHING;
	if (told.kind === 'receipt') {
		// Add Number has chosen another name, which nobody watched.
		const written = witnessed.left.get(String(told.json.fileName)) ?? last;
		for (const what of wrongIn(witnessed, item, told.json, whole.get(written))) found('wrong', what);
	} else if (last !== before && !others.includes(last) && !mayHave(witnessed, told, last, whole, before)) {
		found(last === NOTHING ? 'lost' : whole.has(last) ? 'wrong' : 'partial', `there is now ${last}; ${textOf(told)}`);
	}
	if (told.kind === 'skipped' && last === NOTHING) found('lost', `nothing is there; ${textOf(told)}`);
	if (told.kind === 'refusal' && !isClear(told, witnessed.drawn.collision === 'doneFile'))
		found('wrong', `no clear message: ${textOf(told)}`);
	return findings;
}

/** What items with the same target may have put there. */
async function rivalContents(witnessed: Witnessed, item: Item): Promise<readonly string[]> {
	const rivals = witnessed.items.filter((other) => other !== item && other.fileName === item.fileName);
	const contents = await Promise.all(rivals.map(async (other) => [...(await contentsOf(witnessed, other)).keys()]));
	return contents.flat();
}

/** The contents that are complete, by SHA-256: what Domo lists, or listed after a refresh, or shows this client. */
async function contentsOf({ domoFault }: Witnessed, { dataSet, whole }: Item): Promise<ReadonlyMap<string, Digest>> {
	const rows = domoFault?.id === dataSet.id ? domoFault.rows : [];
	const others = await Promise.all(rows.map(async (count) => await digestAt(dataSet, count)));
	return new Map([whole, ...others].map((one) => [one.sha256, one]));
}

function wrongIn({ domoFault }: Witnessed, { dataSet, whole }: Item, json: IDataObject, there: Digest | undefined) {
	const { bytes, rows, sha256: sha, verification } = json;
	const says = `the receipt says ${String(bytes)} bytes, ${String(rows)} rows, ${String(sha)}`;
	if (there === undefined) return [`${says}; the server holds something else`];
	if (there.sha256 !== sha || there.bytes !== bytes || there.rows !== rows)
		return [`${says}; the server holds ${there.bytes} bytes, ${there.rows} rows, ${there.sha256}`];
	const isExplained = domoFault?.id === dataSet.id && domoFault.explains;
	const mayBe = there.rows !== whole.rows && isExplained ? ['unverified'] : ['verified'];
	return mayBe.includes(String(verification)) ? [] : [`${says}; verification: ${String(verification)}`];
}

/** Whether another content than before is no crime: the message says so, or the item was done when the execution was ended. */
function mayHave(
	{ left }: Witnessed,
	told: Told,
	last: string,
	whole: ReadonlyMap<string, Digest>,
	before: string,
): boolean {
	const text = textOf(told);
	if (whole.has(last))
		return told.kind === 'silence' ? !/target is unchanged/.test(text) : /may already hold/.test(text);
	const aside = [...left].find(([, content]) => content === before)?.[0];
	return last === NOTHING && aside !== undefined && text.includes(aside);
}

function judgeExecution(witnessed: Witnessed, told: readonly Told[], whole: ReadonlySet<string>): Finding[] {
	const { drawn, outcome, left, connections, secrets, faultsMet, refusedLogins, wasStopped } = witnessed;
	const findings: Finding[] = [];
	const wrong = (what: string) => findings.push({ crime: 'wrong', what });
	const text = told.map(textOf).join('\n');
	const isSilent = told.some(({ kind }) => kind === 'silence');
	// A file that got another number is named in its receipt, which goes down with the execution.
	const isNumbered = (content: string) => isSilent && drawn.ifExists === 'addNumber' && whole.has(content);
	const unnamed = [...left].flatMap(([name, content]) => (text.includes(name) || isNumbered(content) ? [] : [name]));
	if (unnamed.length > 0 && !isExcused(witnessed, told))
		findings.push({ crime: 'leaked', what: `${unnamed.join(', ')} stayed, and no message names it. ${text}` });
	if (connections > 0) findings.push({ crime: 'leaked', what: `${connections} ends of connections stayed open` });
	if (secrets.length > 0) wrong(`${secrets.length} secrets can be seen`);
	// A connection that ends without a word may be the network's doing, once.
	if (refusedLogins > (drawn.login === 'hungUp' ? 2 : 1))
		wrong(`${refusedLogins} logins were tried, although the first was refused. ${text}`);
	const collisions = collisionsOf(witnessed, told);
	collisions.wrong.forEach(wrong);
	const isUnexplained = (one: Told, at: number) => one.kind !== 'receipt' && !collisions.explains(one, at);
	// What a server like that does to a file is seen in the first try; the second one knows.
	const isOnlyTry = drawn.habit !== undefined && drawn.transfer.maxTries === 1;
	if (faultsMet === 0 && !wasStopped && !isOnlyTry && outcome && told.some(isUnexplained))
		wrong(`nothing went wrong, and yet: ${text} ${outcome.run.error?.message ?? ''}`);
	if (refusedLogins > 0 && faultsMet === refusedLogins) told.filter(isOther).forEach((one) => wrong(textOf(one)));
	return findings;
}

/** A refusal at the login that sends the user elsewhere. */
function isOther(told: Told): boolean {
	if (told.kind !== 'refusal' || told.reason === 'targetTaken') return false;
	return told.reason !== 'destinationLogin' && !told.text.includes("'Username', 'Password' or 'Private Key'");
}

/** Someone whose stop, or whose other item's failure, ended an item is not told about that item's part file; a server that never answers, or refuses to remove it, keeps it. */
function isExcused({ drawn, wasStopped }: Witnessed, told: readonly Told[]): boolean {
	const isKept = drawn.isLineDead || drawn.script?.isEver === true || drawn.script?.request === 'REMOVE';
	return isKept && (wasStopped || told.some(({ kind }) => kind === 'silence'));
}
