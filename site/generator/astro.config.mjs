import { readFileSync } from 'node:fs';
import starlight from '@astrojs/starlight';
import { defineConfig, passthroughImageService } from 'astro/config';

/** What site/build.ts has written beside this file. */
const { title, description, sidebar, address } = JSON.parse(
	readFileSync(new URL('site.json', import.meta.url), 'utf8'),
);

export default defineConfig({
	...(address && { site: address.origin, base: address.path }),
	// GitHub Pages serves folders, and only then do relative links mean the same with and without a click.
	trailingSlash: 'always',
	// Pictures as they are: no native code has to work.
	image: { service: passthroughImageService() },
	// Messages and settings with the quotes they have: a reader searches for them.
	markdown: { smartypants: false },
	integrations: [
		starlight({
			title,
			description,
			sidebar,
			favicon: '/favicon.svg',
			logo: { light: './src/assets/light.svg', dark: './src/assets/dark.svg', alt: '' },
			customCss: ['./src/site.css'],
			tableOfContents: { minHeadingLevel: 2, maxHeadingLevel: 3 },
		}),
	],
});
