import { inspect } from 'node:util';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import type { Engine } from '../../../sandbox/engine/engine';
import type { Outcome } from './bench';

/** Every text of the credentials that nobody may see, in each form it could have on its way. */
export function secretsOf(engine: Engine): string[] {
	const of = (type: string): ICredentialDataDecryptedObject => engine.stored(type);
	const { clientSecret, accessToken, clientId } = of('domoClientApi');
	const { privateKey, passphrase, password } = of('sftpWritebackApi');
	const [, encoded = ''] = /sig=([^&]+)/.exec(String(of('azureBlobSasApi').sasToken)) ?? [];
	const basic = Buffer.from(`${String(clientId)}:${String(clientSecret)}`).toString('base64');
	const keyLines = String(privateKey)
		.split('\n')
		.filter((line) => line.length > 40 && !line.startsWith('-'));
	const texts = [
		clientSecret,
		accessToken,
		basic,
		passphrase,
		password,
		encoded,
		decodeURIComponent(encoded),
		...keyLines,
	];
	return texts.map((text) => String(text ?? '')).filter((text) => text !== '');
}

/** All that a run leaves for anyone to see. */
function visible({ run, good, bad }: Outcome): string {
	const { error } = run;
	const everything = { error, good, bad, hints: run.hints };
	const texts = [
		run.persisted,
		error?.message,
		error?.stack,
		inspect(everything, { depth: 10 }),
		JSON.stringify(everything),
	];
	return texts.join('\n');
}

/** The secrets that anyone could see after a run; none, if all is well. */
export const shownOf = (outcome: Outcome, engine: Engine) =>
	secretsOf(engine).filter((secret) => visible(outcome).includes(secret));
