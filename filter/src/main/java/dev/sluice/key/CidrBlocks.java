package dev.sluice.key;

import java.util.List;

/** Networks and addresses, such as the proxies that are trusted. Immutable. Safe for use by many threads. */
public record CidrBlocks(List<CidrBlock> blocks) {

    /** Contains nothing. */
    public static final CidrBlocks NONE = new CidrBlocks(List.of());

    public CidrBlocks {
        blocks = List.copyOf(blocks);
    }

    /**
     * Reads one block from each text, as {@link CidrBlock#parse} does.
     *
     * @throws IllegalArgumentException saying what it got and what is expected
     */
    public static CidrBlocks parse(List<String> texts) {
        return new CidrBlocks(texts.stream().map(CidrBlock::parse).toList());
    }

    /** Whether no address can be one of these. */
    public boolean isEmpty() {
        return blocks.isEmpty();
    }

    /** Whether the address is in one of the blocks. */
    public boolean contains(IpAddress address) {
        for (CidrBlock block : blocks) {
            if (block.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
