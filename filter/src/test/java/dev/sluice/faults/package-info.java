/**
 * What happens when Redis is slow, wrong or gone: real servers, real processes, a real proxy between. The figures are
 * printed as {@code MEASURED} lines; {@code docs/operations.md} is written from them.
 */
@NullMarked
package dev.sluice.faults;

import org.jspecify.annotations.NullMarked;
