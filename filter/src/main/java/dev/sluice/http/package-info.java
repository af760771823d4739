/** What the client is told: header fields and rejections. No servlet types. */
@NullMarked
package dev.sluice.http;

import org.jspecify.annotations.NullMarked;
