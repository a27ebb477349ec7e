import type { Prompt } from 'ssh2';

/** What a server asks for that this node doesn't have: a new password, a second factor, or the same password once more. */
export interface Demand {
	readonly kind: 'newPassword' | 'more' | 'again';
	/** The server's own words, as they came. */
	readonly said: string;
}

/** Words for the password itself; a server may write them in its own language. */
const PASSWORD =
	/pass\s?w(?:or|oo)r?d|passwort|kennwort|mot de passe|contrase|clave|senha|palavra|parola|hasło|has[lł]o|wachtwoord|lösenord|passord|adgangskode|salasana|heslo|jelsz|пароль|şifre|密码|密碼|口令|パスワード|비밀번호|암호/iu;

/** Words for a password that is to be set, or typed a second time. */
const NEW =
	/\b(?:new|re-?type|re-?enter|again|repeat|confirm(?:ez|e|ar|a)?|change|update|neues?|wiederhol\w*|bestätig\w*|nouveau|nouvelle|répét\w*|nuev[oa]|repit\w*|repet\w*|nov[oaéý]|nuov[oa]|ripet\w*|conferm\w*|nowe|powtórz|nieuw|herhaal|bevestig|nytt?|upprepa|gjenta|gentag|uusi|yeni|új)(?![\p{L}])|новый|повтор|新|再|重新|确认|確認|새|다시/iu;

/** Words for a code of one use. */
const CODE =
	/\b(?:verification|code|codes|código|codice|kód|kod|passcode|tokencode|token|jeton|pin|otp|[th]otp|one[- ]?time|einmal\w*|prüfcode|bestätigungscode|sicherheitscode|authenticator|authenti[fk]\w*|second factor|2fa|mfa|duo|yubikey|securid|challenge|response)(?![\p{L}])|код|代码|代碼|验证码|驗證碼|コード|인증|ワンタイム/iu;

/** What a single hidden prompt asks for, when it isn't the password. An unknown language counts as the password. */
function otherThanPassword(
	name: string,
	instructions: string,
	prompt: string,
	username: string,
): Demand['kind'] | undefined {
	// `Password for writer@host:`: what is in a name isn't asked for.
	const bare = (text: string) =>
		text.replaceAll(username, ' ').replace(/\S+/gu, (word) => (word.slice(1, -1).includes('@') ? ' ' : word));
	const text = PASSWORD.test(prompt) ? bare(prompt) : bare([name, instructions, prompt].join(' '));
	if (CODE.test(text)) return 'more';
	return NEW.test(text) ? 'newPassword' : undefined;
}

export interface PromptOptions {
	readonly username: string;
	readonly password: string;
	/** Whether the password was accepted already, so that no prompt can be about it. */
	isAccepted(): boolean;
	/** Gets what can't be answered; the login ends there. */
	giveUp(demand: Demand): void;
	/** Gets the words of a prompt that is answered. */
	onAnswer(said: string): void;
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
		const said = [name, instructions, ...prompts.map(({ prompt }) => prompt)]
			.filter((text) => text.trim() !== '')
			.join(' ');
		if (prompts.length === 1 && first.prompt === answered) return giveUp({ kind: 'again', said });
		const other = otherThanPassword(name, instructions, first.prompt, username);
		const isFirst = prompts.length === 1 && first.echo !== true && answered === undefined && !isAccepted();
		if (!isFirst || other !== undefined) {
			return giveUp({ kind: other ?? (NEW.test(said) ? 'newPassword' : 'more'), said });
		}
		answered = first.prompt;
		onAnswer(said);
		finish([password]);
	};
}
