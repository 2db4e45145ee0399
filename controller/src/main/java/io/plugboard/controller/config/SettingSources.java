package io.plugboard.controller.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Where a setting comes from when no option gives it: the environment, else the configuration file, else its default. A
 * setting has one key; {@code rest.listen} is {@code rest: {listen: …}} in the file and {@code PLUGBOARD_REST_LISTEN} in the
 * environment, where {@code initialMs} is {@code INITIAL_MS}.
 */
final class SettingSources implements IDefaultValueProvider {
    private final Map<String, String> environment;
    private final Map<String, String> file = new HashMap<>();

    private SettingSources(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * @param path of the configuration file, if there is one
     * @throws InvalidSettings when it is not there, or is no YAML of single values by key
     */
    static SettingSources of(Map<String, String> environment, Optional<Path> path) throws InvalidSettings {
        SettingSources sources = new SettingSources(environment);
        if (path.isPresent()) {
            sources.flatten("", read(path.get()), path.get());
        }
        return sources;
    }

    private static JsonNode read(Path path) throws InvalidSettings {
        try {
            return new YAMLMapper().readTree(Files.readString(path));
        } catch (JacksonException malformed) {
            String reason = malformed.getOriginalMessage().lines().findFirst().orElse("malformed");
            throw new InvalidSettings(path + ": is no YAML: " + reason + " in line "
                    + malformed.getLocation().getLineNr());
        } catch (IOException unreadable) {
            throw new InvalidSettings(
                    path + ": cannot be read: " + unreadable.getClass().getSimpleName());
        }
    }

    /** The keys of the file that are no setting's. */
    Set<String> unknownTo(CommandSpec command) {
        Set<String> unknown = new TreeSet<>(file.keySet());
        command.options().forEach(option -> {
            if (option.descriptionKey() != null) {
                unknown.remove(option.descriptionKey());
            }
        });
        return unknown;
    }

    private void flatten(String prefix, JsonNode node, Path path) throws InvalidSettings {
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                flatten(prefix.isEmpty() ? entry.getKey() : prefix + "." + entry.getKey(), entry.getValue(), path);
            }
        } else if (node.isValueNode() && !prefix.isEmpty()) {
            file.put(prefix, node.asText());
        } else if (!node.isMissingNode() && !node.isNull()) {
            throw new InvalidSettings(path + ": '" + prefix + "' should be one value");
        }
    }

    @Override
    public @Nullable String defaultValue(ArgSpec arg) {
        if (!(arg instanceof OptionSpec option) || option.descriptionKey() == null) {
            return null;
        }
        String key = option.descriptionKey();
        String fromEnvironment = environment.get(environmentName(key));
        return fromEnvironment != null ? fromEnvironment : file.get(key);
    }

    static String environmentName(String key) {
        String words = key.replace('.', '_').replaceAll("([a-z])([A-Z])", "$1_$2");
        return "PLUGBOARD_" + words.toUpperCase(Locale.ROOT);
    }

    /** A setting that cannot be; its message is the one line that the user gets. */
    static final class InvalidSettings extends Exception {
        private static final long serialVersionUID = 1L;

        InvalidSettings(String message) {
            super(message);
        }
    }
}
