import { canBeConfirmed, type FieldId, type FieldIssue } from '#domain/form/read-draft.ts';
import { m } from '#i18n/generated/messages.js';
import type { FieldMessage } from '#ui/field-message.tsx';
import { issueText, suggestionText } from './issue-text.ts';
import { fieldName } from './vital-look.ts';

export interface IssueActions {
  readonly onConfirm?: () => void;
  readonly onSuggestion?: (text: string) => void;
  readonly onFahrenheit?: () => void;
}

/** An issue as its field shows it, with what settles it in one touch. */
export function fieldMessageOf(
  field: FieldId,
  issue: FieldIssue | undefined,
  months: number | undefined,
  actions: IssueActions,
): FieldMessage | undefined {
  if (!issue) return undefined;
  return {
    tone: canBeConfirmed(issue) ? 'warn' : 'danger',
    text: issueText(issue, months),
    actions: actionsFor(issue, fieldName(field), actions),
  };
}

function actionsFor(issue: FieldIssue, name: string, actions: IssueActions): FieldMessage['actions'] {
  const { onConfirm, onSuggestion, onFahrenheit } = actions;
  if (canBeConfirmed(issue))
    return onConfirm
      ? [{ label: m.issue_confirm(), name: m.issue_confirm_field({ field: name }), onPress: onConfirm }]
      : [];
  if (issue.kind !== 'impossible') return [];
  const found: FieldMessage['actions'][number][] = [];
  if (issue.maybeFahrenheit && onFahrenheit)
    found.push({ label: m.issue_maybe_fahrenheit(), name: m.issue_maybe_fahrenheit(), onPress: onFahrenheit });
  if (issue.suggestion !== undefined && onSuggestion) {
    const value = suggestionText(issue.field, issue.suggestion);
    found.push({
      label: m.issue_suggestion({ value }),
      name: m.issue_use_suggestion({ value, field: name }),
      onPress: () => onSuggestion(value),
    });
  }
  return found;
}
