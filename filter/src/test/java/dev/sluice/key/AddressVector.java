package dev.sluice.key;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A row of {@code client-address.csv}. */
record AddressVector(String row, SampleRequest request, ClientAddress clientAddress, String client) {

    static List<AddressVector> all() {
        return text().lines()
                .filter(row -> !row.isBlank() && !row.startsWith("#"))
                .map(AddressVector::of)
                .toList();
    }

    private static AddressVector of(String row) {
        List<String> cells =
                Arrays.stream(row.split("\\|", -1)).map(String::strip).toList();
        String header = cells.get(2);
        SampleRequest request = SampleRequest.from(plain(cells.get(0))).headers(header, list(cells.get(3), "++"));
        CidrBlocks trusted = CidrBlocks.parse(list(cells.get(1), ","));
        return new AddressVector(
                row, request, new ClientAddress(trusted, header, Integer.parseInt(cells.get(4))), cells.get(5));
    }

    private static List<String> list(String cell, String separator) {
        if (cell.equals("-")) {
            return List.of();
        }
        return Arrays.stream(repeated(cell).split("\\Q" + separator + "\\E", -1))
                .map(item -> plain(item.strip()))
                .toList();
    }

    private static String plain(String text) {
        return text.replace("<empty>", "").replace("<tab>", "\t");
    }

    /** {@code {3*text}} three times. */
    private static String repeated(String cell) {
        int open = cell.indexOf('{');
        if (open < 0) {
            return cell;
        }
        int star = cell.indexOf('*', open);
        int close = cell.indexOf('}', star);
        String text = cell.substring(star + 1, close).repeat(Integer.parseInt(cell.substring(open + 1, star)));
        return cell.substring(0, open) + text + repeated(cell.substring(close + 1));
    }

    @Override
    public String toString() {
        return row;
    }

    private static String text() {
        try (InputStream csv = AddressVector.class.getResourceAsStream("client-address.csv")) {
            return new String(csv.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
