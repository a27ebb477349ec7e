/** What a hidden prompt asks for, as far as its words tell. */

/** Words for the password itself; a server may write them in its own language. */
const PASSWORD =
	/pass\s?w(?:or|oo)r?d|passwort|kennwort|mot de passe|contrase|clave|senha|palavra|parola|hasło|has[lł]o|wachtwoord|lösenord|passord|adgangskode|salasana|heslo|jelsz|пароль|şifre|密码|密碼|口令|パスワード|비밀번호|암호/iu;

/** Words for a password that is to be set, or typed a second time. */
const NEW =
	/\b(?:new(?:pass\w*)?|re-?type|re-?enter|again|repeat|confirm(?:ez|e|ar|a)?|change|update|neues?|wiederhol\w*|bestätig\w*|nouveau|nouvelle|répét\w*|nuev[oa]|repit\w*|repet\w*|nov[oaéý]|nuov[oa]|ripet\w*|conferm\w*|nowe|powtórz|nieuw|herhaal|bevestig|nytt?|upprepa|gjenta|gentag|uusi|yeni|új)(?![\p{L}])|новый|повтор|新|再|重新|确认|確認|새|다시/iu;

/** Words for a code of one use, a second factor, or a question that a password does not answer. */
const CODE =
	/\b(?:verification|code|codes|código|codice|kód|kod|kode|passcode|tokencode|token|jeton|pin|prn|prüfcode|bestätigungscode|sicherheitscode|authenticator|authenti[fk]\w*|second(?:ary)?|2nd|sms|captcha|question|answer|memorable|duo|challenge|response|opie|s\/key)(?![\p{L}])|код|代码|代碼|验证码|驗證碼|コード|인증/iu;

/** The same where nothing else can be meant, so that they count beside the word for a password as well. */
const ONE_USE =
	/\b(?:one[- ]?time|[th]?otp|2fa|mfa|two[- ]?factor|(?:verification|security|authentication|login|access|auth) code|passcode|tokencode|authenticator app|yubikey|securid|second factor|(?:temporary|dynamic|single[- ]use) pass\p{L}*|einmal\p{L}*|usage unique|(?:un solo|único) uso|uso (?:único|singolo)|monouso|descartável|eenmalig\p{L}*|jednoraz\p{L}*|jednoráz\p{L}*|egyszer\p{L}*|tek kullanım\p{L}*|engångs\p{L}*|engangs\p{L}*|kertakäyttö\p{L}*)(?![\p{L}])|одноразов|ワンタイム|一次性|动态|動態|일회용|חד פעמי|لمرة واحدة/iu;

/** The length of what a server says when it asks for a password. */
const MOST_CHARACTERS = 1000;

/** What a single hidden prompt asks for when that isn't the password. An unknown language counts as the password, a long text does not. */
export function otherThanPassword(
	request: { readonly name: string; readonly instructions: string; readonly prompt: string },
	username: string,
): 'newPassword' | 'more' | undefined {
	const { name, instructions, prompt } = request;
	if (name.length + instructions.length + prompt.length > MOST_CHARACTERS) return 'more';
	const around = bare([name, instructions, prompt].join(' '), username);
	if (ONE_USE.test(around)) return 'more';
	const text = PASSWORD.test(plain(prompt)) ? bare(prompt, username) : around;
	if (CODE.test(text)) return 'more';
	return isNew(text) ? 'newPassword' : undefined;
}

/** Whether a text speaks of a password that is to be set. */
export function isNew(text: string): boolean {
	return NEW.test(plain(text.slice(0, MOST_CHARACTERS)));
}

/** `Password for writer@host:`: what is in a name isn't asked for. */
function bare(text: string, username: string): string {
	const isName = (word: string) => word.slice(1, -1).includes('@');
	return plain(text.replaceAll(username, ' ').replace(/\S+/gu, (word) => (isName(word) ? ' ' : word)));
}

/** Without what only parts or hides words: `NewPassword`, `otp_code`, full-width letters, invisible characters. */
function plain(text: string): string {
	return text
		.normalize('NFKC')
		.replace(/\p{Cf}/gu, '')
		.replace(/_/gu, ' ')
		.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2');
}
