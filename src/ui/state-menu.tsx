import { Menu } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import './measure-field.css';

export interface StateMenuProps<T extends string> {
  /** "Pulso cardíaco: medido, cambiar". */
  readonly name: string;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly value: T;
  readonly onChange: (value: T) => void;
  /** Drawn in another colour when it is not the usual choice. */
  readonly isUsual: boolean;
}

/** How a value came about, beside its label: small to look at, 48 px to touch. */
export function StateMenu<T extends string>({ name, options, value, onChange, isUsual }: StateMenuProps<T>) {
  return (
    <Menu
      position="bottom-end"
      shadow="md"
      withinPortal
      transitionProps={{ duration: 0 }}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <button type="button" className="v-state" data-usual={isUsual} aria-label={name}>
          {options.find((option) => option.value === value)?.label}
          <IconChevronDown size={16} stroke={1.9} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown className="v-menu">
        {options.map((option) => (
          <Menu.Item
            key={option.value}
            className="v-menu-item"
            onClick={() => onChange(option.value)}
            rightSection={option.value === value ? <IconCheck size={18} stroke={2.2} aria-hidden="true" /> : undefined}
          >
            {option.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
