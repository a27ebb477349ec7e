import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { CONTAINER } from '../../../sandbox/sandbox';
import type { Sandbox } from '../../../sandbox/sandbox';
import { picture } from './picture';
import type { Stage } from './stage';

const exec = promisify(execFile);

export function credentials(stage: () => Stage): void {
	test('Domo: a wrong secret is refused, the right one passes', async () => {
		const { sandbox, visit } = stage();
		const { clientId, clientSecret, url: apiHost } = sandbox.domo;
		await visit('/home/credentials/create', async (page) => {
			await newCredential(page, 'Domo Client API');
			await type(page, { clientId, clientSecret: 'wrong', apiHost });
			expect(await refused(page)).toMatch(/Domo refused the client ID and secret\. .*scope "data"/);
			await picture(page.getByTestId('editCredential-modal'), 'domo-credential-wrong-secret');
			await type(page, { clientSecret });
			await passes(page);
			await picture(page.getByTestId('editCredential-modal'), 'domo-credential');
		});
	});

	test('SFTP: passphrase and host key are checked, and the message shows the key to compare', async () => {
		const { sandbox, visit } = stage();
		const { host: hostname, port, username, hostKeyFingerprint } = sandbox.sftp;
		const privateKey = await encrypted(sandbox.sftp.privateKey, 'right');
		await visit('/home/credentials/create', async (page) => {
			await newCredential(page, 'SFTP Writeback API');
			await type(page, { hostname, port: String(port), username, privateKey, passphrase: 'wrong' });
			expect(await refused(page)).toContain('Passphrase: it does not open the private key');
			await type(page, { passphrase: 'right' });
			const unknown = await refused(page);
			expect(unknown).toContain(hostKeyFingerprint);
			expect(unknown).toMatch(/is not pinned yet.*for the fingerprint/s);
			await picture(page.getByTestId('editCredential-modal'), 'sftp-credential-unknown-host-key');
			await type(page, { hostKeyFingerprint: `SHA256:${'A'.repeat(43)}` });
			expect(await refused(page)).toMatch(/is not the expected one.*Nothing was sent/s);
			await type(page, { hostKeyFingerprint });
			await passes(page);
			await picture(page.getByTestId('editCredential-modal'), 'sftp-credential');
		});
	});

	test('Azure: an expired token is refused; those of an account, of a container and without a list pass', async () => {
		const { sandbox, visit } = stage();
		const { accountName, blobEndpoint } = sandbox.azure;
		await visit('/home/credentials/create', async (page) => {
			await newCredential(page, 'Azure Blob SAS API');
			await type(page, { accountName, blobEndpoint, sasToken: sandbox.azure.accountSas({ expiresInMs: -60_000 }) });
			expect(await refused(page)).toMatch(/The SAS token expired on .* UTC.*Create a new one/s);
			await picture(page.getByTestId('editCredential-modal'), 'azure-credential-expired');
			for (const [sasToken, message] of goodTokens(sandbox)) {
				await type(page, { sasToken });
				expect(await passes(page)).toContain(message);
			}
			await picture(page.getByTestId('editCredential-modal'), 'azure-credential');
		});
	});
}

/** Tokens that pass, and what the test says about them. */
function goodTokens({ azure }: Sandbox): ReadonlyArray<readonly [string, string]> {
	return [
		[azure.containerSas(CONTAINER), 'This token gives access to one container'],
		[azure.accountSas({ permissions: 'rwc' }), 'Azure accepts this token'],
		[azure.accountSas({ resourceTypes: 'sco' }), 'Azure accepts this token'],
	];
}

async function newCredential(page: Page, type: string): Promise<void> {
	const select = page.getByTestId('new-credential-type-select').locator('input');
	await select.click();
	await select.fill(type);
	await page
		.getByTestId('new-credential-type-select-option')
		.filter({ hasText: type })
		.filter({ visible: true })
		.click();
	await page.getByTestId('new-credential-type-button').click();
	await page.getByTestId('credential-save-button').waitFor();
}

async function type(page: Page, fields: Readonly<Record<string, string>>): Promise<void> {
	for (const [field, text] of Object.entries(fields))
		await page.getByTestId(`parameter-input-${field}`).locator('input, textarea').first().fill(text);
}

/** Saves, which also tests; resolves to what n8n's server said when the form shows that it worked. */
async function passes(page: Page): Promise<string> {
	const { message } = await save(page);
	await page.getByTestId('credentials-config-container-test-success').waitFor();
	return message;
}

/** Saves, which also tests; resolves to the whole message that the form shows. */
async function refused(page: Page): Promise<string> {
	const { message } = await save(page);
	const form = page.getByTestId('node-credentials-config-container');
	const shown = form.getByText(message.slice(0, 40));
	const more = form.getByText('More details');
	await shown.or(more).first().waitFor();
	// n8n keeps the details of the next message open.
	if (await more.isVisible()) await more.click();
	await shown.waitFor();
	return await shown.innerText();
}

async function save(page: Page): Promise<{ readonly message: string }> {
	const tested = page.waitForResponse((answer) => answer.url().endsWith('/rest/credentials/test'));
	await page.getByTestId('credential-save-button').getByRole('button').click();
	return (await (await tested).json()).data;
}

/** The same key, protected by a passphrase. */
async function encrypted(privateKey: string, passphrase: string): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'e2e-key-'));
	try {
		const file = join(folder, 'key');
		await writeFile(file, privateKey, { mode: 0o600 });
		await exec('ssh-keygen', ['-q', '-p', '-P', '', '-N', passphrase, '-f', file]);
		return await readFile(file, 'utf8');
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
