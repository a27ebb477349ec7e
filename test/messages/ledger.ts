import { WritebackError } from '../../core/support/errors';
import { asInMatrix, toldInMatrix } from './matrix';
import type { Entry, Messages } from './reading/entries';
import { markdownOf } from './reading/template';
import { entriesFor, type Shown, toldOf } from './shown';

/** Which messages were shown, and where. */
export interface Ledger {
	/** Expects that docs/messages.md lists what was shown, as a message that begins so. */
	note(shown: Shown, says?: string): void;
	/** The same for both as one text. */
	noteText(told: string, says: string): void;
	/** The same for what a unit of the code says. */
	noteUnit(provoke: () => unknown): Promise<void>;
	/** The same for all that docs/faults.md has. */
	noteMatrix(): void;
	/** How many were shown by now. */
	count(): number;
	/** Those that nobody has shown. */
	missing(): readonly string[];
}

export function openLedger(messages: Messages): Ledger {
	const seen = new Set<Entry>();
	const noteText = (told: string, says: string, reason?: string) => {
		const found = entriesFor(messages, told, reason);
		const begins = told.startsWith(says);
		expect({ told, reason, says, begins, isListed: found.length > 0 }).toEqual({
			...{ told, reason, says, begins: true, isListed: true },
		});
		for (const entry of found) seen.add(entry);
	};
	const note = (shown: Shown, says = '') => noteText(toldOf(shown), says, shown.reason);
	return {
		note,
		noteText: (told, says) => noteText(told, says),
		noteUnit: async (provoke) => {
			const fault = await Promise.resolve()
				.then(provoke)
				.catch((cause: unknown) => cause);
			if (!(fault instanceof WritebackError)) throw new Error('Nothing was told', { cause: fault });
			note({ reason: fault.reason, message: fault.message, hint: fault.hint });
		},
		noteMatrix: () => {
			const steadied = asInMatrix(messages);
			for (const { reason, told } of toldInMatrix()) {
				const found = entriesFor(steadied, told, reason);
				expect([told, found.length > 0]).toEqual([told, true]);
				for (const entry of found) seen.add(messages.entries[steadied.entries.indexOf(entry)] ?? entry);
			}
		},
		count: () => seen.size,
		missing: () =>
			messages.entries
				.filter((entry) => !seen.has(entry))
				.map(({ message, hint }) => `${markdownOf(message)} | ${markdownOf(hint)}`),
	};
}
