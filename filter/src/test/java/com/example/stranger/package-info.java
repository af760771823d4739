/** An application of somebody who has never heard of a rate limit. Nothing here knows our filter, not even by an import. */
@NullMarked
package com.example.stranger;

import org.jspecify.annotations.NullMarked;
