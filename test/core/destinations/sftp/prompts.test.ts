import * as fc from 'fast-check';
import type { Prompt } from 'ssh2';
import { type Demand, promptHandler } from '../../../../core/destinations/sftp/connection/prompts';

const PASSWORD = 's3cret of anna';

type Asked = Prompt | string;

/** What becomes of requests, one after the other: the answers to each, or what could not be answered. */
function conversation(requests: ReadonlyArray<readonly Asked[]>, isAccepted = false, [name, instructions] = ['', '']) {
	const told: Array<readonly string[] | Demand> = [];
	const handler = promptHandler({
		...{ username: 'code-writer', password: PASSWORD, isAccepted: () => isAccepted },
		giveUp: (demand) => told.push(demand),
		onAnswer: () => undefined,
	});
	for (const request of requests) {
		const prompts = request.map((asked) => (typeof asked === 'string' ? { prompt: asked, echo: false } : asked));
		handler(name ?? '', instructions ?? '', '', prompts, (answers) => told.push(answers));
		if (!Array.isArray(told.at(-1))) break;
	}
	return told;
}

test.each([
	...['Password: ', 'Password for writer@sftp.example.com:', "code-writer's password:", 'Password for code-writer:'],
	...['(writer@host) Password: ', 'Enter password', 'LDAP Password:', '', '> ', 'Login secret?'],
	...['Passwort: ', 'Kennwort für writer:', 'Mot de passe : ', 'Contraseña: ', 'Senha: ', 'Palavra-passe: '],
	...['Parola: ', 'Hasło: ', 'Wachtwoord: ', 'Lösenord: ', 'Adgangskode: ', 'Heslo: ', 'Jelszó: ', 'Пароль: '],
	...['密码：', '密碼：', 'パスワード: ', '비밀번호: ', 'Şifre: ', 'Salasana: ', 'סיסמה: ', 'كلمة السر: '],
])('the hidden prompt %j gets the password', (prompt) => {
	expect(conversation([[prompt]])).toEqual([[PASSWORD]]);
});

test.each([
	...['New password: ', 'Enter new password:', 'Retype new password: ', 'Confirm password:', 'Neues Passwort: '],
	...['Neues Kennwort eingeben:', 'Nouveau mot de passe : ', 'Nueva contraseña: ', 'Nova senha: ', 'Nuova password: '],
	...['Nowe hasło: ', 'Nieuw wachtwoord: ', 'Nytt lösenord: ', 'Nové heslo: ', 'Новый пароль: ', '新しいパスワード: '],
	...['newpassword: ', 'NewPassword: ', 'new_password: '],
	...['新密码：', '새 비밀번호: ', 'Yeni şifre: ', 'Uusi salasana: ', 'Passwort wiederholen:', 'Repita la contraseña:'],
])('the hidden prompt %j asks for a new password', (prompt) => {
	expect(conversation([[prompt]])).toEqual([{ kind: 'newPassword', text: prompt }]);
});

test.each([
	...['Verification code: ', 'One-time password (OATH) for `writer`: ', 'Enter PASSCODE:', 'PIN: ', 'OTP: '],
	...['TOTP code:', 'Duo passcode or option (1-3): ', 'Passcode or option (1-2): ', 'Enter your token:', 'MFA code:'],
	...['Authenticator code:', 'Bestätigungscode: ', 'Einmalpasswort: ', 'Code de vérification : ', 'Challenge: 1234'],
	...['Código de verificación: ', 'Codice di verifica: ', 'Kod weryfikacyjny: ', 'Код подтверждения: ', '验证码：'],
	...['Одноразовый пароль: ', 'Jednorazowe hasło: ', 'Mot de passe à usage unique : ', 'Contraseña de un solo uso: '],
	...[
		'一次性密码：',
		'일회용 비밀번호: ',
		'Engångslösenord: ',
		'O\u200bne-time code: ',
		'otp_password: ',
		'Ｃｏｄｅ：',
	],
	...['認証コード: ', 'Yubikey for writer:', 'Password + OTP: ', 'Enter response for challenge 77:'],
])('the hidden prompt %j asks for a second factor', (prompt) => {
	expect(conversation([[prompt]])).toEqual([{ kind: 'more', text: prompt }]);
});

test('a prompt that shows what is typed is not answered, whatever it says', () => {
	for (const prompt of ['Password: ', 'Username: ', 'xyz']) {
		expect(conversation([[{ prompt, echo: true }]])).toEqual([{ kind: 'more', text: prompt }]);
	}
});

test('a code that only the instructions name is not answered', () => {
	const told = conversation([['> ']], false, ['Two-step login', 'Enter the code from your authenticator app']);
	expect(told).toEqual([{ kind: 'more', text: expect.stringContaining('authenticator app') }]);
});

test('a code that the instructions name is not answered, though the prompt says password', () => {
	const told = conversation([['Password: ']], false, ['One-time password', 'Enter the code from your app']);
	expect(told).toEqual([{ kind: 'more', text: expect.stringContaining('One-time password') }]);
});

test('a long text is no question for a password', () => {
	expect(conversation([['x'.repeat(30_000)]])).toEqual([expect.objectContaining({ kind: 'more' })]);
	expect(conversation([['Password: ']], false, ['', 'x'.repeat(1_000)])).toEqual([
		expect.objectContaining({ kind: 'more' }),
	]);
});

test('the current password may be asked for under a note that it has expired; the new one is not given', () => {
	const notice: [string, string] = ['Password Expired', 'You must change your password now'];
	expect(conversation([['Current password: '], ['New password: ']], false, notice)).toEqual([
		[PASSWORD],
		{ kind: 'newPassword', text: 'Password Expired You must change your password now New password: ' },
	]);
});

test('several prompts at once are not answered', () => {
	expect(conversation([['Password: ', 'Verification code: ']])).toEqual([
		{ kind: 'more', text: 'Password:  Verification code: ' },
	]);
	expect(conversation([['Password: ', 'Password: ']])).toEqual([expect.objectContaining({ kind: 'more' })]);
});

test('a request without prompts gets an empty list, and the next one counts as the first', () => {
	expect(conversation([[], ['Password: '], []])).toEqual([[], [PASSWORD], []]);
});

test('the same prompt once more means that the password was refused', () => {
	expect(conversation([['Password: '], ['Password: ']])).toEqual([[PASSWORD], { kind: 'again', text: 'Password: ' }]);
});

test('whatever is asked after the password was accepted is not the password', () => {
	expect(conversation([['Passwort: ']], true)).toEqual([{ kind: 'more', text: 'Passwort: ' }]);
});

test('whatever is asked, the password is given once at the most, alone, to a single hidden prompt', () => {
	const prompt = fc.record({ prompt: fc.string(), echo: fc.boolean() });
	const requests = fc.array(fc.array(prompt, { maxLength: 3 }), { maxLength: 5 });
	fc.assert(
		fc.property(requests, fc.boolean(), fc.tuple(fc.string(), fc.string()), (asked, isAccepted, names) => {
			const told = conversation(asked, isAccepted, names);
			const given = told.flatMap((answers, at) => (Array.isArray(answers) && answers.length > 0 ? [at] : []));
			expect(given.length).toBeLessThanOrEqual(1);
			for (const at of given) {
				expect(told[at]).toEqual([PASSWORD]);
				expect(asked[at]).toEqual([{ prompt: expect.any(String), echo: false }]);
			}
		}),
	);
});
