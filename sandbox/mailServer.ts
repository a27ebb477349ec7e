import { once } from 'node:events';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

const LOGIN = { user: 'domo', password: 'mail' };

/** A stand-in for a mail server on 127.0.0.1. */
export interface MailServer {
	/** Of n8n's credential `smtp`. */
	readonly credential: typeof LOGIN & {
		readonly host: string;
		readonly port: number;
		readonly secure: boolean;
		readonly disableStartTls: boolean;
	};
	/** What was sent, in order; live, so `length` grows. */
	readonly mails: readonly ParsedMail[];
	close(): Promise<void>;
}

/** `tell`, when given, gets each mail. */
export async function startMailServer(tell: (mail: ParsedMail) => void = () => {}): Promise<MailServer> {
	const mails: ParsedMail[] = [];
	const server = new SMTPServer({
		disabledCommands: ['STARTTLS'],
		allowInsecureAuth: true,
		onAuth: ({ username, password }, _, answer) => {
			const isKnown = username === LOGIN.user && password === LOGIN.password;
			answer(isKnown ? null : new Error('Unknown login'), isKnown ? { user: username } : undefined);
		},
		onData: (stream, _, answer) => {
			simpleParser(stream)
				.then((mail) => {
					mails.push(mail);
					tell(mail);
					answer();
				})
				.catch(answer);
		},
	});
	const listening = server.listen(0, '127.0.0.1');
	await once(listening, 'listening');
	const address = listening.address();
	if (address === null || typeof address === 'string') throw new Error('The mail server did not get a port');
	const { port } = address;
	return {
		credential: { ...LOGIN, host: '127.0.0.1', port, secure: false, disableStartTls: true },
		mails,
		close: async () => await new Promise((resolve) => server.close(() => resolve())),
	};
}
