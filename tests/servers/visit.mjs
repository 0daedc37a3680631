// visit.mjs URL USER [no]: visits an address at which a person signs in, as USER, who says yes, or
// no. Prints the page that the browser shows in the end.
import { walk } from './browser.mjs';

const [, , url, user, no] = process.argv;
const end = await walk(url, user, { denies: no === 'no' });
console.log(await (await fetch(end)).text());
