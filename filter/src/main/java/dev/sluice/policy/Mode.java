package dev.sluice.policy;

/** Whether a policy is enforced. */
public enum Mode {
    /** Decides, and rejects. */
    ENFORCE,
    /** Decides in the same call and is measured, but never rejects and never shows in a response. */
    SHADOW,
    /** Is left out. */
    OFF
}
