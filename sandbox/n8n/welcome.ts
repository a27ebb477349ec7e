import { styleText } from 'node:util';

export interface Scene {
	readonly version: string;
	readonly url: string;
	readonly owner: { readonly email: string; readonly password: string };
	/** Where files that are written by SFTP are found. */
	readonly files: string;
	readonly container: string;
}

/** The list of workflows. n8n goes there after the login, and not to a page of its own choice. */
const FIRST_PAGE = '/home/workflows';

/** The examples to try first, in this order; n8n's list begins with them. */
export const FIRST_EXAMPLES = ['Domo to SFTP', 'Data Lake'] as const;

/** One screen for a user who sees it for the first time. */
export function welcome({ version, url, owner, files, container }: Scene): string {
	const bold = (text: string) => styleText('bold', text, { stream: process.stdout });
	return `
${bold(`n8n ${version} with Domo Writeback is ready`)}, with a double of Domo, an SFTP server and Azure Blob Storage (Azurite).
Everything runs on this machine only, and nothing of yours is used or changed.

  Open      ${bold(`${url}${FIRST_PAGE}`)}
  Sign in   ${bold(owner.email)}   password ${bold(owner.password)}

You see the list of example workflows. Click the house in the left bar to return to it.

Try
  1  Click "${FIRST_EXAMPLES[0]}" in the list, then the orange button "Execute workflow", and double-click
     "Awkward Cells to SFTP": its output is the receipt, "verification: verified".
  2  Do the same with "${FIRST_EXAMPLES[1]}": Parquet in folders by date, to Azure Blob Storage.
  3  Make your own workflow, then see a refusal on purpose: docs/tutorial.md, steps 3 and 4.

Files sent by SFTP are in ${files}
Blobs are in the container "${container}"; the receipt has the address.

${bold('Ctrl+C')} stops everything and keeps your workflows, credentials and files for the next time.
${bold('npm run n8n -- --reset')} starts from nothing.
`;
}
