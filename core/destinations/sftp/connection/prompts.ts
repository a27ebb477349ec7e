import type { Prompt } from 'ssh2';
import { isNew, otherThanPassword } from './promptWords';

/** What a server asks for that this node doesn't have: a new password, a second factor, or the same password once more. */
export interface Demand {
	readonly kind: 'newPassword' | 'more' | 'again';
	/** The server's own words, as they came. */
	readonly text: string;
}

export interface PromptOptions {
	readonly username: string;
	readonly password: string;
	/** Whether the password was accepted already, so that no prompt can be about it. */
	isAccepted(): boolean;
	/** Gets what can't be answered; the login ends there. */
	giveUp(demand: Demand): void;
	/** Gets the words of a prompt that is answered. */
	onAnswer(text: string): void;
}

type PromptHandler = (
	name: string,
	instructions: string,
	language: string,
	prompts: Prompt[],
	finish: (answers: string[]) => void,
) => void;

/**
 * Answers keyboard-interactive requests (RFC 4256): the first single prompt that hides what is typed gets the password, a request without
 * prompts an empty list. Any other prompt ends the login, so that no password is sent as something else.
 */
export function promptHandler({ username, password, isAccepted, giveUp, onAnswer }: PromptOptions): PromptHandler {
	let answered: string | undefined;
	return (name, instructions, _language, prompts, finish) => {
		const [first] = prompts;
		if (first === undefined) return finish([]);
		const text = [name, instructions, ...prompts.map(({ prompt }) => prompt)]
			.filter((text) => text.trim() !== '')
			.join(' ');
		if (prompts.length === 1 && first.prompt === answered) return giveUp({ kind: 'again', text });
		const other = otherThanPassword({ name, instructions, prompt: first.prompt }, username);
		const isFirst = prompts.length === 1 && first.echo !== true && answered === undefined && !isAccepted();
		if (!isFirst || other !== undefined) {
			return giveUp({ kind: other ?? (isNew(text) ? 'newPassword' : 'more'), text });
		}
		answered = first.prompt;
		onAnswer(text);
		finish([password]);
	};
}
