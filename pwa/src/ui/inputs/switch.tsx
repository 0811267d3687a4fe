export type SwitchProps = {
  label: string;
  description?: string | undefined;
  on: boolean;
  onChange: (on: boolean) => void;
};

/** A setting that is on or off. */
export function Switch({ label, description, on, onChange }: SwitchProps) {
  return (
    <label class="switch">
      <input class="switch-input" type="checkbox" role="switch" checked={on} onChange={() => onChange(!on)} />
      <span class="switch-track" aria-hidden="true"><span class="switch-thumb" /></span>
      <span class="tile-words">
        <span class="tile-label">{label}</span>
        {description !== undefined && <span class="tile-description">{description}</span>}
      </span>
    </label>
  );
}
