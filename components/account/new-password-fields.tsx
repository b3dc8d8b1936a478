import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { PASSWORD_LENGTH_MIN } from "@/lib/users/contract";

/** A new password, twice; `repeatProblem` stands under the second. */
export function NewPasswordFields({ label, repeatProblem }: { label: string; repeatProblem: string | null }) {
  return (
    <>
      <Field
        id="new-password"
        label={label}
        hint={`At least ${PASSWORD_LENGTH_MIN} characters. A few unrelated words are easier to keep in mind than signs.`}
      >
        {(control) => (
          <Input
            {...control}
            name="newPassword"
            type="password"
            autoComplete="new-password"
            minLength={PASSWORD_LENGTH_MIN}
            required
          />
        )}
      </Field>
      <Field id="repeated-password" label={`${label} again`} error={repeatProblem}>
        {(control) => <Input {...control} name="repeated" type="password" autoComplete="new-password" required />}
      </Field>
    </>
  );
}

/** The password of a form with these fields; null where the two differ. */
export function readNewPassword(form: FormData): string | null {
  const password = String(form.get("newPassword"));
  return password === form.get("repeated") ? password : null;
}
