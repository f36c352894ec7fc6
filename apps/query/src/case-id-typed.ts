import { type Authority, caseManagementOf } from './authority.js';

/** A case ID without the name of its system, which pages write before it: "Mosaic 249012" and "Mosaic ID: 249012" are 249012. */
export function caseIdTyped(typed: string, authority: Authority): string {
  const { name } = caseManagementOf(authority);
  const text = typed.trim();
  if (!text.toLowerCase().startsWith(name.toLowerCase())) return typed;
  return /^(?:\s+(?:case\s+)?id)?[\s:]+(\S.*)$/i.exec(text.slice(name.length))?.[1] ?? typed;
}
